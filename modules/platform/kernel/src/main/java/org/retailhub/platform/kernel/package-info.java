/**
 * The few types that every module shares: money, identifiers, errors and the envelope of a message.
 *
 * <p>JDK only, at most 20 types, no behaviour that belongs to one module, nothing about transport or storage.
 */
@NullMarked
package org.retailhub.platform.kernel;

import org.jspecify.annotations.NullMarked;
