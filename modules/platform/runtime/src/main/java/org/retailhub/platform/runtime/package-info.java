/**
 * What each module's WAR runs on: intake batcher, drain, inbox, sent log, hospital, trace, gate and problems.
 *
 * <p>A library, not a framework: plain classes that a module builds and calls, bound to the module's own datasource. It holds no
 * business rule and no base class; without it a module's domain package still compiles.
 */
@NullMarked
package org.retailhub.platform.runtime;

import org.jspecify.annotations.NullMarked;
