//! Which of many belong together, told pair by pair (union and find; Galler & Fischer 1964).

/// The place that stands for all that a place belongs with. `root` begins with every place as its own.
pub(super) fn find(root: &mut [usize], mut i: usize) -> usize {
    while root[i] != i {
        root[i] = root[root[i]];
        i = root[i];
    }
    i
}

/// Lets two places belong together. The smaller stays the root, so that the result does not depend on
/// the order.
pub(super) fn unite(root: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(root, a), find(root, b));
    root[a.max(b)] = a.min(b);
}
