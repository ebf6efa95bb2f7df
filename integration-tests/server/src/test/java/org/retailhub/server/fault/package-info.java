/** Runs inside the server's JVM, on its boot class path: may use nothing but the JDK. */
package org.retailhub.server.fault;
