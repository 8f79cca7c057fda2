//! Decimal numbers.

use nom::bytes::complete::take_while_m_n;
use nom::character::complete::digit1;
use nom::combinator::map_opt;
use nom::error::Error;
use nom::{IResult, Parser};

/// A number of any length that fits.
pub(in crate::decode) fn number<T: TryFrom<u64>>(input: &[u8]) -> IResult<&[u8], T> {
    map_opt(digit1, crate::decimal).parse(input)
}

/// A number of so many digits.
pub(super) fn digits<'a, T: TryFrom<u64>>(
    count: usize,
) -> impl Parser<&'a [u8], Output = T, Error = Error<&'a [u8]>> {
    map_opt(take_while_m_n(count, count, |byte: u8| byte.is_ascii_digit()), crate::decimal)
}
