/**
 * What a module's part of the API document says beyond its resources' annotations: problems, scopes, names, lifecycle. It reads
 * resources, it serves none.
 */
@NullMarked
package org.retailhub.platform.runtime.openapi;

import org.jspecify.annotations.NullMarked;
