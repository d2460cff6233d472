//! An input, read from its front.

pub(crate) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self(input)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte; 0 behind the end.
    pub(crate) fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::from(self.byte()) % bound
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    pub(crate) fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    pub(crate) fn rest(self) -> &'a [u8] {
        self.0
    }

    /// Changes `subject` here and there, as often as the next byte says.
    pub(crate) fn edit(&mut self, subject: &mut Vec<u8>) {
        for _ in 0..self.below(4) {
            let place = usize::from(self.byte()) << 8 | usize::from(self.byte());
            let place = place % (subject.len() + 1);
            let (change, value) = (self.below(5), self.byte());
            match change {
                0 => subject.insert(place, value),
                1 => subject.truncate(place),
                _ if place == subject.len() => {}
                2 => subject[place] = value,
                3 => subject[place] ^= 1 << (value % 8),
                _ => drop(subject.drain(place..(place + usize::from(value)).min(subject.len()))),
            }
        }
    }
}
