/// What an event is: which types there are, and how what a requester sends becomes what is stored.
///
/// Nothing here decides who may write. Read in this order: [EventType], [EventReader], [Product].
@NullMarked
package dev.fedcore.pillars.bucket.event;

import org.jspecify.annotations.NullMarked;
