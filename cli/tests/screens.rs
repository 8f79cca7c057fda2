//! The pictures in the README show what is printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::desk::Desk;
use crate::widths::on_terminal;

/// The lines of a picture, without spaces.
fn drawn(svg: &str) -> Vec<String> {
    let mut lines: BTreeMap<u64, String> = BTreeMap::new();
    for element in svg.lines().filter(|line| line.starts_with("<text ")) {
        let y = element.split("y=\"").nth(1).unwrap().split('"').next().unwrap();
        let text: String =
            element.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let y = y.parse::<f64>().unwrap() as u64;
        lines.entry(y).or_default().push_str(&text.replace(' ', ""));
    }
    lines.into_values().filter(|line| !line.is_empty()).collect()
}

#[test]
fn pictures_show_what_is_printed() {
    let desk = Desk::new();
    for name in ["nightbox", "harbor", "quay", "pier"] {
        let all = nwlog_corpora::recordings::all().unwrap();
        let recording = all.into_iter().find(|one| one.name == name).unwrap();
        desk.put(name, recording.read().unwrap());
        desk.run(&format!("analyze -q -o short {name}"));
    }
    let readme = include_str!("../../README.md");
    for (name, width, locale, command) in [
        ("search-80-en", 80, "C.UTF-8", "search killed process -n 1 -o timeline"),
        ("list-140-zh", 140, "zh_CN.UTF-8", "list -n 15"),
        ("facet-80-en", 80, "C.UTF-8", "search --facet unit -n 12"),
    ] {
        let Some(said) = on_terminal(&desk, width, locale, command) else {
            eprintln!("skipped: no script(1) here");
            return;
        };
        let said = anstream::adapter::strip_str(&said).to_string().replace(' ', "");
        let said: Vec<_> = said.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        for theme in ["dark", "light"] {
            let file = format!("cli/screens/{name}-{theme}.svg");
            assert!(readme.contains(&file), "{file}");
            let house = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
            let drawn = drawn(&fs::read_to_string(house.join(&file)).unwrap());
            let (asked, shown) = drawn.split_first().unwrap();
            assert_eq!(*asked, format!("$nwlog{}", command.replace(' ', "")));
            assert_eq!(shown, said, "cli/screens/capture --readme draws them anew");
        }
    }
}
