/** What a DJL {@code Trainer} needs beside the layers: temperatures, losses, evaluators. */
@NullMarked
package org.gumbel4j.djl.training;

import org.jspecify.annotations.NullMarked;
