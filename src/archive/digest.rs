//! Digests of what was read and written.

use crate::problem::{Source, Sources};
use std::collections::BTreeMap;

/// The BLAKE3 digest of some bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The digest of every file that was read, by its name relative to the scenario's folder.
pub fn digests(sources: &Sources) -> BTreeMap<String, String> {
    read_from_disk(sources).map(|source| (source.name.to_string(), digest(&source.bytes))).collect()
}

/// One digest of all files that were read: of their names and digests, in order of name.
pub fn digest_of(sources: &Sources) -> String {
    let each = digests(sources);
    let lines: Vec<String> =
        each.iter().map(|(name, digest)| format!("{name} {digest}\n")).collect();
    digest(lines.concat().as_bytes())
}

/// The sources that are files: settings from the command line (`--set`) are none, nor are sheets of a
/// workbook, which stands there itself.
pub fn read_from_disk(sources: &Sources) -> impl Iterator<Item = &Source> {
    let is_made = |source: &Source| source.bytes.is_empty() && !source.text.is_empty();
    sources.files.iter().filter(move |source| !source.name.starts_with("--") && !is_made(source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_blake3() {
        // The first test vector of the BLAKE3 team: no bytes.
        assert_eq!(digest(b""), "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
    }
}
