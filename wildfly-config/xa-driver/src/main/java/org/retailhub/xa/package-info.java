/** What the server's module of the PostgreSQL driver needs besides the driver. JDK and driver only. */
package org.retailhub.xa;
