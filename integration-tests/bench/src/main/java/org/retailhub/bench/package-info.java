/**
 * The speed of a running hub: orders over HTTP as fast as it takes them, as ratios to what its PostgreSQL does with two plain inserts.
 * {@code docs/performance.md} says how and why.
 */
@NullMarked
package org.retailhub.bench;

import org.jspecify.annotations.NullMarked;
