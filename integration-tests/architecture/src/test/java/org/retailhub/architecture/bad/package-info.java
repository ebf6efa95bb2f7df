/**
 * Fixtures that break the rules of the code, on purpose and for ever: a rule counts after it has been seen red. Modules alpha and beta,
 * and a kernel and a runtime that know too much.
 */
package org.retailhub.architecture.bad;
