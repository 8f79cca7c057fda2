//! What is said in one language, by what is said in English: wordings with gaps, filled as they are found filled.

use std::borrow::Cow;

/// Wordings, each in English and here. `{}` stands for what goes over as it is; here `{1}` is the second of these, and
/// `{!}` or `{1!}` is said by these wordings, too.
pub(super) type Wordings = &'static [(&'static str, &'static str)];

/// How deep wordings may lie within each other: more is no message of ours.
const DEPTH: usize = 6;

/// A text said by the first wording that fits; none where none does.
pub(super) fn said(tables: &[Wordings], text: &str) -> Option<String> {
    said_within(tables, text, DEPTH)
}

fn said_within(tables: &[Wordings], text: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    // A gap would take in what stands before it in a list.
    listed(tables, text, depth).or_else(|| {
        let mut wordings = tables.iter().copied().flatten();
        wordings.find_map(|(english, here)| {
            let captured = captured(english, text)?;
            Some(filled(here, &captured, &|text| {
                said_within(tables, text, depth).map_or(Cow::Borrowed(text), Cow::Owned)
            }))
        })
    })
}

/// A list, each part of which has a wording.
fn listed(tables: &[Wordings], text: &str, depth: usize) -> Option<String> {
    [("; ", "；"), (", ", "，")].into_iter().find_map(|(between, here)| {
        let parts = text.contains(between).then(|| text.split(between))?;
        let parts: Option<Vec<_>> = parts.map(|part| said_within(tables, part, depth)).collect();
        Some(parts?.join(here))
    })
}

/// What stands in a text where a wording has `{}`, if it is that wording.
fn captured<'a>(wording: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut literals = wording.split("{}");
    let mut rest = text.strip_prefix(literals.next()?)?;
    let mut captured = Vec::new();
    let mut literals = literals.peekable();
    while let Some(literal) = literals.next() {
        let at = match literals.peek() {
            None => rest.len().checked_sub(literal.len()).filter(|_| rest.ends_with(literal))?,
            Some(_) => rest.find(literal)?,
        };
        captured.push(rest.get(..at)?);
        rest = rest.get(at.checked_add(literal.len())?..)?;
    }
    rest.is_empty().then_some(captured)
}

/// A wording with its gaps filled, in order or by number.
fn filled<'a>(wording: &str, captured: &[&'a str], said: &dyn Fn(&'a str) -> Cow<'a, str>) -> String {
    let mut text = String::new();
    let mut next = 0;
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let is_gap = |gap: &str| gap.bytes().all(|byte| byte.is_ascii_digit() || byte == b'!');
        let Some((gap, after)) = after.split_once('}').filter(|(gap, _)| is_gap(gap)) else {
            text.push('{');
            rest = after;
            continue;
        };
        let with =
            captured.get(gap.trim_end_matches('!').parse().unwrap_or(next)).copied().unwrap_or_default();
        if gap.ends_with('!') {
            // A space before a number stands where a word or a name is before it.
            let said = said(with);
            let begins = text.is_empty() || text.ends_with(['：', '，', '；', '（']);
            text.push_str(if begins { said.trim_start() } else { &said });
        } else {
            text.push_str(with);
        }
        next += 1;
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Wordings = &[
        ("{} of {}", "{1}的{0}"),
        ("cannot read {}: {}", "读不了 {}：{!}"),
        ("it is gone", "它没了"),
        ("now it is {}", "现在它是{}"),
        ("{} ({})", "{!}（{}）"),
    ];

    #[test]
    fn gaps_are_filled_in_order_by_number_and_by_wordings() {
        for (text, want) in [
            ("two of three", Some("three的two")),
            ("cannot read it is gone: it is gone", Some("读不了 it is gone：它没了")),
            ("cannot read a: b", Some("读不了 a：b")),
            ("it is gone", Some("它没了")),
            ("now it is {}", Some("现在它是{}")),
            ("it is gone (7), now it is red", Some("它没了（7），现在它是red")),
            ("it is gone; it is gone", Some("它没了；它没了")),
            ("it is gone; other", None),
            ("it was gone", None),
            ("", None),
        ] {
            assert_eq!(said(&[TABLE], text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn nesting_ends() {
        const ROUND: Wordings = &[("{} x", "{!} y")];
        let text = format!("a{}", " x".repeat(1_000));
        assert!(said(&[ROUND], &text).is_some());
    }
}
