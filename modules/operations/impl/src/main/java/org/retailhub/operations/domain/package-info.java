/** Pure: what belongs together, what is shown to whom, what adds up. */
package org.retailhub.operations.domain;
