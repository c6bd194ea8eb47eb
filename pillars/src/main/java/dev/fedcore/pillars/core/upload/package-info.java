/// Files that come with a request: the form that they come in, read whole and strictly, and the
/// text that is in one. What a file says is never an order.
///
/// Read in this order: [UploadForm], [Attachment].
@NullMarked
package dev.fedcore.pillars.core.upload;

import org.jspecify.annotations.NullMarked;
