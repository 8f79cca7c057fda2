//! Lines that are no structure: a head, and text.

use bstr::ByteSlice;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1, one_of, space1};
use nom::combinator::{opt, recognize, rest};
use nom::{IResult, Parser};

use super::ends_program;

/// klog's `F0102 03:04:05.000006    1234 main.go:5] TEXT` (also glog's), and logrus on a terminal: `FATA[0012] TEXT`.
pub(super) fn headed(line: &[u8]) -> Option<Vec<u8>> {
    let (text, _) = klog(line).or_else(|_| logrus(line)).ok()?;
    Some(text.trim_ascii().to_vec())
}

fn klog(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let date = recognize((char('F'), take_while_m_n(4, 4, |byte: u8| byte.is_ascii_digit())));
    let time = (digit1, char(':'), digit1, char(':'), digit1, char('.'), digit1);
    let source = take_while1(|byte| byte != b']' && byte != b' ' && byte != b':');
    recognize((date, space1, time, space1, digit1, space1, source, char(':'), digit1, tag("] "))).parse(line)
}

fn logrus(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let level = alt((tag("FATA["), tag("PANI[")));
    recognize((level, take_while1(|byte| byte != b']'), tag("] "))).parse(line)
}

/// zap's console: fields between TABs, `TIME LEVEL [NAME] [CALLER] TEXT [{…}]`.
pub(super) fn console(line: &[u8]) -> Option<Vec<u8>> {
    let mut fields = line.split(|byte| *byte == b'\t');
    let is_time = fields.next()?.first().is_some_and(u8::is_ascii_digit);
    let is_last =
        fields.next().is_some_and(|level| level.iter().all(u8::is_ascii_alphabetic) && ends_program(level));
    if !is_time || !is_last {
        return None;
    }
    let rest: Vec<_> = fields.filter(|field| !field.starts_with(b"{")).collect();
    let caller = rest.iter().position(|field| is_caller(field));
    let text = match caller {
        Some(at) => rest.get(at + 1),
        None => rest.last(),
    };
    text.map(|text| text.to_vec())
}

/// `main/main.go:12`.
fn is_caller(field: &[u8]) -> bool {
    field.rsplit_once_str(b":").is_some_and(|(file, line)| {
        file.ends_with(b".go") && !line.is_empty() && line.iter().all(u8::is_ascii_digit)
    })
}

/// `2026/11/23 03:00:00[.000001] [file.go:5: ]`.
pub(super) fn timed(line: &[u8]) -> IResult<&[u8], &[u8]> {
    let digits = |count| take_while_m_n(count, count, |byte: u8| byte.is_ascii_digit());
    let date = (digits(4), char('/'), digits(2), char('/'), digits(2), char(' '));
    let time =
        (digits(2), char(':'), digits(2), char(':'), digits(2), opt((one_of(".,"), digit1)), char(' '));
    let (left, head) = recognize((date, time)).parse(line)?;
    let source = line_of_source(left).unwrap_or(left);
    let (_, text) = rest(source)?;
    Ok((text, head))
}

/// What stands behind `file.go:5: `, as log.Lshortfile and log.Llongfile have it.
fn line_of_source(text: &[u8]) -> Option<&[u8]> {
    let (source, rest) = text.split_once_str(b": ")?;
    is_caller(source).then_some(rest)
}
