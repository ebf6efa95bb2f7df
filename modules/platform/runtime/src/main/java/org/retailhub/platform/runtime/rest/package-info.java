/**
 * The first and the last thing around a resource: the gate, strict JSON, problems. No resource of any module.
 */
@NullMarked
package org.retailhub.platform.runtime.rest;

import org.jspecify.annotations.NullMarked;
