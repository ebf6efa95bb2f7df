/** What the server's module of the PostgreSQL driver needs besides the driver. JDK and driver only. */
@NullMarked
package org.retailhub.xa;

import org.jspecify.annotations.NullMarked;
