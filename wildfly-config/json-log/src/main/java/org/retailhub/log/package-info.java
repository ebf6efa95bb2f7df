/** What the server's log needs of ours. It knows nothing of the application. */
@NullMarked
package org.retailhub.log;

import org.jspecify.annotations.NullMarked;
