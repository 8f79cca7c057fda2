//! 关于存储。

use crate::words::wording::Wordings;

pub(super) const TABLE: Wordings = &[
    (
        "nothing is kept yet: `nwlog analyze` keeps what it finds",
        "还没有保存任何事件：`nwlog analyze` 会保存它发现的事件",
    ),
    ("{} is of this version", "{} 已是当前版本"),
    ("{} takes {}", "{} 占用 {}"),
    ("{} is sound", "{} 完好"),
    ("{} has {} now", "{} 现有{!}"),
    ("{} has forgotten {}", "{} 清除了{!}"),
    ("`nwlog store repair` saves what can be read", "`nwlog store repair` 可救出仍可读取的内容"),
    (
        "`nwlog analyze` over the same logs brings back what was lost",
        "对同一日志再次运行 `nwlog analyze` 可找回丢失的内容",
    ),
    ("{}; the damaged files are in {}", "{!}；损坏的文件在 {}"),
    ("{} and more could not be read", "{!}以及更多内容无法读取"),
    ("parts of it could not be read", "部分内容无法读取"),
    (
        "no incidents are stored in {}: run `nwlog analyze` or `nwlog follow` to store some",
        "{} 中没有保存事件：运行 `nwlog analyze` 或 `nwlog follow` 即可保存",
    ),
    (
        "the store in {} was written by an earlier nwlog (schema {}, now {}): `nwlog store upgrade` writes it anew and loses nothing",
        "{} 中的存储由旧版 nwlog 写入（格式 {}，现为 {}）：`nwlog store upgrade` 会重新写好，不丢内容",
    ),
    (
        "the store in {} was written by a later nwlog (schema {}; this one knows {}): use that nwlog, or name another store with --store DIR",
        "{} 中的存储由更新的 nwlog 写入（格式 {}；本版本只认识 {}）：请用那个版本，或用 --store DIR 指定别的存储",
    ),
    (
        "another nwlog writes to {}: stop it first, or name another store",
        "另一个 nwlog 正在写入 {}：请先停止它，或指定别的存储",
    ),
    (
        "the store in {} is damaged ({}): `nwlog store repair` saves what can be read, and `nwlog analyze` over the same logs brings back the rest",
        "{} 中的存储已损坏（{!}）：`nwlog store repair` 可救出仍可读取的内容，再对同一日志运行 `nwlog analyze` 可找回其余部分",
    ),
    (
        "no space is left for {}: free some and run this again; what was stored before is still there",
        "{} 没有空间了：请腾出空间后重试；此前保存的内容仍在",
    ),
    (
        "the index in {} failed: {}; look for a full or failing disk",
        "{} 中的索引出错：{!}；请检查磁盘是否已满或有故障",
    ),
    ("an index without its {}", "索引缺少 {}"),
    ("its fields are not those of its schema version", "字段与其格式版本不符"),
    ("the position of follow: {}", "follow 的位置：{!}"),
    ("{} names an index {}", "{} 所指的索引 {} 无效"),
    ("the index contradicts itself", "索引自相矛盾"),
    ("{} is missing", "缺少 {}"),
    ("a document without an incident", "文档中没有事件"),
    (
        "an incident stored in format {}, where this nwlog reads format {}",
        "事件以格式 {} 保存，而本版本读取格式 {}",
    ),
    ("an incident that cannot be read: {}", "事件无法读取：{!}"),
    ("{} writes to {}", "{!}正在写入 {}"),
    ("process {} ({})", "进程 {}（{}）"),
    ("stop it first, or search and show what it keeps", "请先停止它；它保存的事件仍可 search 和 show"),
    (
        "a user who may write there does that, and any nwlog that keeps incidents there",
        "由有写权限的用户，或任何在那里保存事件的 nwlog 来做即可",
    ),
    ("the store in {} was of an earlier version and is written anew", "{} 中的存储是旧版本的，已重新写好"),
    (
        "no place to keep incidents: neither HOME nor XDG_STATE_HOME is set",
        "没有地方保存事件：HOME 和 XDG_STATE_HOME 都没有设置",
    ),
    (
        "name one with --store DIR, or keep nothing with --no-store",
        "请用 --store DIR 指定，或用 --no-store 不保存",
    ),
    (
        "name another store with --store DIR, or keep nothing with --no-store",
        "请用 --store DIR 指定别的存储，或用 --no-store 不保存",
    ),
    ("name another store with --store DIR", "请用 --store DIR 指定别的存储"),
    (
        "run this as root, or name another store with --store DIR",
        "请以 root 运行，或用 --store DIR 指定别的存储",
    ),
    (
        "see where `nwlog analyze` keeps incidents with `nwlog status`",
        "`nwlog status` 会说明 `nwlog analyze` 把事件存在哪里",
    ),
    (
        "join the group {} (sudo usermod -aG {} $USER), or run this as root",
        "请加入 {} 组（sudo usermod -aG {} $USER），或以 root 运行",
    ),
    ("cannot read the store {}", "无法读取存储 {}"),
    ("cannot keep incidents in {}", "无法把事件保存到 {}"),
    ("cannot make {}", "无法创建 {}"),
    ("cannot write man pages into {}", "无法把手册页写入 {}"),
    ("{} could not be kept", "{!}未能保存"),
];
