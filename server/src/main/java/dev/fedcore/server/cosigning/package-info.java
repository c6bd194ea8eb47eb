/// Takes the log's checkpoints to witnesses, and publishes what they cosign.
///
/// A witness policy says which witnesses there are and how many must have cosigned before a
/// checkpoint is published. Where none must, a checkpoint is published at once, and cosignatures
/// are added as they come. What a witness says is verified before it is believed.
///
/// Read in this order: [Cosigning], [WitnessClient], [Standing], [CosigningReport].
@NullMarked
package dev.fedcore.server.cosigning;

import org.jspecify.annotations.NullMarked;
