/// `SHA256SUMS.txt`: which files a run consists of, and what is in each. Written as `LC_ALL=C sort`
/// and coreutils `sha256sum` would, read strictly, and compared with what is there.
///
/// Read in this order: [Snapshot], [HashedRegion], [Sums], [Integrity].
@NullMarked
package dev.fedcore.evidence.sums;

import org.jspecify.annotations.NullMarked;
