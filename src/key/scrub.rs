use zeroize::Zeroizing;

/// Sizes of the numbers of a key of 4,096 bits and of their products, in bytes; of those sizes that fill an
/// allocator's block to its last byte (glibc: 24 and every 16 more).
const SIZES: std::ops::RangeInclusive<usize> = 24..=1096;
const STEP: usize = 16;
const BLOCKS: usize = 64;

/// Overwrites memory that was just freed, by taking blocks of all sizes that a key's numbers have and wiping them.
///
/// The rsa crate wipes the numbers of its keys but not the temporaries of its arithmetic: a search of the process's
/// memory finds primes in freed blocks after nearly every use of it, and none after this. An allocator may hold
/// blocks back, so this lowers the risk and proves nothing; a key that is loaded whole never comes near the rsa
/// crate's arithmetic.
pub(super) fn freed_memory() {
    let mut blocks = Vec::with_capacity(SIZES.count() / STEP * BLOCKS + BLOCKS);
    for size in SIZES.step_by(STEP) {
        blocks.extend((0..BLOCKS).map(|_| Zeroizing::new(vec![0xff_u8; size])));
    }
}
