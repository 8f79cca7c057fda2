//! A line of a story, cut into words, options and text.

/// The words of a line, in front of the `|`.
#[derive(Clone, Debug, Default)]
pub(super) struct Words<'a> {
    plain: Vec<&'a str>,
    options: Vec<(&'a str, &'a str)>,
}

impl<'a> Words<'a> {
    /// Cuts at white space. What has a `=` behind a name is an option.
    pub(super) fn new(line: &'a str) -> Self {
        let mut words = Self::default();
        for word in line.split_whitespace() {
            match word.split_once('=') {
                Some((key, value)) if key.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_') => {
                    words.options.push((key, value));
                }
                _ => words.plain.push(word),
            }
        }
        words.plain.reverse();
        words
    }

    /// Takes the next plain word.
    pub(super) fn next(&mut self) -> Option<&'a str> {
        self.plain.pop()
    }

    /// Takes the next plain word, which has to be there.
    pub(super) fn need(&mut self, what: &str) -> Result<&'a str, String> {
        self.next().ok_or_else(|| format!("{what} is missing"))
    }

    /// Takes the next plain word, which has to be a number.
    pub(super) fn number(&mut self, what: &str) -> Result<u32, String> {
        let word = self.need(what)?;
        word.parse().map_err(|_| format!("{word:?} is no {what}"))
    }

    /// Takes a plain word that stands anywhere.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        let before = self.plain.len();
        self.plain.retain(|word| *word != name);
        self.plain.len() < before
    }

    /// Takes an option.
    pub(super) fn option(&mut self, key: &str) -> Option<&'a str> {
        let at = self.options.iter().position(|(name, _)| *name == key)?;
        Some(self.options.remove(at).1)
    }

    /// Takes an option that has to be of a type.
    pub(super) fn parsed<T: std::str::FromStr>(&mut self, key: &str) -> Result<Option<T>, String> {
        let Some(value) = self.option(key) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| format!("{key}={value} makes no sense"))
    }

    /// Takes the options in capital letters: the fields that a process sets itself.
    pub(super) fn fields(&mut self) -> Vec<(String, Vec<u8>)> {
        let of_process = |key: &str| key.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        let taken = self.options.iter().filter(|(key, _)| of_process(key));
        let taken = taken.map(|(key, value)| ((*key).to_owned(), value.as_bytes().to_vec())).collect();
        self.options.retain(|(key, _)| !of_process(key));
        taken
    }

    /// Nothing may be left over.
    pub(super) fn end(&self) -> Result<(), String> {
        match (self.plain.last(), self.options.first()) {
            (Some(word), _) => Err(format!("{word:?} means nothing here")),
            (None, Some((key, value))) => Err(format!("\"{key}={value}\" means nothing here")),
            (None, None) => Ok(()),
        }
    }
}

/// Reads `[HH:]MM:SS[.fraction]` as microseconds.
pub(super) fn time(word: &str) -> Result<i64, String> {
    let wrong = || format!("{word:?} is no time; write MM:SS.mmm or HH:MM:SS.mmm");
    let (sign, clock) = word.strip_prefix('-').map_or((1, word), |rest| (-1, rest));
    let mut parts = clock.rsplit(':');
    let seconds = parts.next().and_then(micros).ok_or_else(wrong)?;
    let mut whole = |unit: i64| match parts.next() {
        Some(part) => part.parse::<u16>().ok().map(|n| i64::from(n) * unit),
        None => Some(0),
    };
    let minutes = whole(60_000_000).ok_or_else(wrong)?;
    let hours = whole(3_600_000_000).ok_or_else(wrong)?;
    if parts.next().is_some() || !clock.contains(':') {
        return Err(wrong());
    }
    Ok(sign * (hours + minutes + seconds))
}

/// Reads `+SECONDS[.fraction]` as microseconds.
pub(super) fn delay(word: &str) -> Result<i64, String> {
    let number = word.strip_prefix('+').and_then(micros);
    number.ok_or_else(|| format!("{word:?} is no delay; write +SECONDS.mmm"))
}

fn micros(seconds: &str) -> Option<i64> {
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let digits = fraction.len();
    if !(1..=6).contains(&digits) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
    Some(i64::from(whole.parse::<u32>().ok()?) * 1_000_000 + fraction)
}

/// Reads a text with `\n`, `\t`, `\\` and `\xNN` in it.
pub(super) fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.extend_from_slice(before.as_bytes());
        let mut chars = after.chars();
        match chars.next() {
            Some('n') => out.push(b'\n'),
            Some('t') => out.push(b'\t'),
            Some('\\') => out.push(b'\\'),
            Some('x') => {
                let digits = after.get(1..3).ok_or("two hex digits have to follow \\x")?;
                out.push(u8::from_str_radix(digits, 16).map_err(|_| format!("{digits:?} is no hex number"))?);
                chars.nth(1);
            }
            _ => return Err("behind \\ stands n, t, xNN or \\".to_owned()),
        }
        rest = chars.as_str();
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}
