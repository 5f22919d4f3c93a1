//! Finds the ends of RON's tokens, following its grammar, and never fails: on a text that is
//! not valid it merely finds ends that mean nothing.

use std::ops::Range;

/// A cursor in a RON text.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    text: &'a str,
    /// The next byte.
    pub at: usize,
}

/// RON's white space, as its grammar lists it.
const fn is_space(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\t'..='\r' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

/// What ends a name or a number.
const fn is_end(letter: char) -> bool {
    is_space(letter) || matches!(letter, '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' | '/' | '"')
}

impl<'a> Scan<'a> {
    /// A cursor at the start.
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes one character.
    pub fn step(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Passes a character if it is the next.
    pub fn take(&mut self, letter: char) -> bool {
        let there = self.peek() == Some(letter);
        if there {
            self.step();
        }
        there
    }

    /// Passes everything up to the first character for which `stop` holds.
    fn pass(&mut self, stop: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(stop).unwrap_or(rest.len());
    }

    /// Passes white space and comments; block comments nest.
    pub fn space(&mut self) {
        loop {
            self.pass(|letter| !is_space(letter));
            if self.rest().starts_with("//") {
                self.pass(|letter| letter == '\n');
            } else if self.rest().starts_with("/*") {
                self.block_comment();
            } else {
                return;
            }
        }
    }

    fn block_comment(&mut self) {
        let mut level = 0_usize;
        loop {
            if self.rest().starts_with("/*") {
                level += 1;
                self.at += 2;
            } else if self.rest().starts_with("*/") {
                level -= 1;
                self.at += 2;
                if level == 0 {
                    return;
                }
            } else if self.peek().is_none() {
                return;
            } else {
                self.step();
                self.pass(|letter| matches!(letter, '/' | '*'));
            }
        }
    }

    /// Passes the attributes at the head of a file, `#![enable(…)]`.
    pub fn skip_attributes(&mut self) {
        self.space();
        while self.take('#') {
            while let Some(letter) = self.peek() {
                if letter == '"' || (letter == 'r' && self.raw_string_ahead()) {
                    self.string();
                } else {
                    self.step();
                }
                if letter == ']' {
                    break;
                }
                self.space();
            }
            self.space();
        }
    }

    /// Passes a name or anything like it.
    pub fn word(&mut self) {
        self.pass(is_end);
    }

    /// Passes a number; `1..2` ends before the points.
    pub fn number(&mut self) {
        let start = self.at;
        self.word();
        if let Some(points) = self.text.get(start..self.at).and_then(|word| word.find("..")) {
            self.at = start + points;
        }
    }

    /// Whether a range goes on here.
    pub fn range_ahead(&self) -> bool {
        self.rest().starts_with("..")
    }

    /// Whether `r` begins a raw string here, and not a name.
    pub fn raw_string_ahead(&self) -> bool {
        self.rest()
            .strip_prefix('r')
            .is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
    }

    /// Whether `b` begins bytes here, and not a name.
    pub fn bytes_ahead(&self) -> bool {
        ["b\"", "b'", "br\"", "br#"].iter().any(|start| self.rest().starts_with(start))
    }

    /// Passes a string, raw string or character and tells where its content stands.
    pub fn string(&mut self) -> Range<usize> {
        if self.take('r') {
            let hashes = self.rest().len() - self.rest().trim_start_matches('#').len();
            self.at += hashes;
            self.take('"');
            let start = self.at;
            let closing = format!("\"{}", "#".repeat(hashes));
            let end = self.rest().find(&closing).map_or(self.text.len(), |found| start + found);
            self.at = (end + closing.len()).min(self.text.len());
            return start..end;
        }
        let quote = self.peek().unwrap_or('"');
        self.step();
        let start = self.at;
        loop {
            self.pass(|letter| letter == quote || letter == '\\');
            let end = self.at;
            let letter = self.peek();
            self.step();
            if letter != Some('\\') {
                return start..end;
            }
            self.step();
        }
    }

    /// Whether the parenthesis that begins here holds `name: …`.
    pub fn field_ahead(&self) -> bool {
        let mut ahead = *self;
        ahead.step();
        ahead.space();
        ahead.word();
        ahead.space();
        ahead.peek() == Some(':')
    }
}
