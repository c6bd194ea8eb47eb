/// People in Karma's records: pseudonyms for their names, commitments for their words, and what
/// these stand for as long as it has not been erased.
///
/// Nothing here knows of storage, time or HTTP; chance is passed in. A record's hash depends on
/// what is sealed here and never on what is shown.
///
/// Read in this order: [Salt], [Person], [Sealed], [Disclosure], [Opening].
@NullMarked
package dev.fedcore.pillars.karma.people;

import org.jspecify.annotations.NullMarked;
