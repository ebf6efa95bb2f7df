/** What the server's log needs of ours. It knows nothing of the application. */
package org.retailhub.log;
