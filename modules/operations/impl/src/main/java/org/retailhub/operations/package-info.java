/**
 * Puts the modules' own rows together: traces, balances, health, metrics, alarms. It keeps no copy of them and changes nothing of theirs;
 * other modules are asked through {@link org.retailhub.platform.kernel.Insight}.
 */
@NullMarked
package org.retailhub.operations;

import org.jspecify.annotations.NullMarked;
