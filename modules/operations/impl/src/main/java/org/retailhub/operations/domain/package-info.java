/** Pure: what belongs together, what is shown to whom, what adds up. */
@NullMarked
package org.retailhub.operations.domain;

import org.jspecify.annotations.NullMarked;
