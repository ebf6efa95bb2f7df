/** The parts of the job that takes snapshots in, as Jakarta Batch calls them. Thin: what is done with lines is the use case's. */
@NullMarked
package org.retailhub.inventory.batch;

import org.jspecify.annotations.NullMarked;
