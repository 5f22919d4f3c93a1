//! A part that is translated, and the parentheses that it needs within another.

use super::super::grid::Token;

/// A part that is translated; how tightly it holds together decides about parentheses.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) tokens: Vec<Token>,
    pub(super) binds: u8,
    pub(super) size: usize,
}

pub(super) const COMPARISON: u8 = 1;
pub(super) const SUM: u8 = 2;
pub(super) const PRODUCT: u8 = 3;
pub(super) const ATOM: u8 = 9;

impl Piece {
    pub(super) fn new(tokens: Vec<Token>, binds: u8) -> Self {
        let size = tokens.iter().map(size).sum();
        Self { tokens, binds, size }
    }

    pub(super) fn atom(tokens: Vec<Token>) -> Self {
        Self::new(tokens, ATOM)
    }

    pub(super) fn text(&mut self, text: &str) {
        self.tokens.push(Token::Text(text.to_owned()));
        self.size += text.len();
    }

    pub(super) fn add(&mut self, piece: Self) {
        self.size += piece.size;
        self.tokens.extend(piece.tokens);
    }

    /// In parentheses if it holds together less tightly than that.
    pub(super) fn within(self, least: u8) -> Self {
        if self.binds >= least {
            return self;
        }
        let mut whole = Self::atom(vec![Token::Text("(".to_owned())]);
        whole.add(self);
        whole.text(")");
        whole
    }
}

fn size(token: &Token) -> usize {
    match token {
        Token::Text(text) => text.len(),
        Token::Cell(_) | Token::YearBefore(_) => 8,
        Token::Block(_) | Token::UpTo(_) | Token::Pot(_) => 16,
    }
}
