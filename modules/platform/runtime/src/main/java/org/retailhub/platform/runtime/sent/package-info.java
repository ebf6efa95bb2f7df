/**
 * The sender's side of a lost message: the log of what a module has sent, and sending it again under its old id and number. It decides
 * nothing about the message: its consumer's inbox drops what was handled.
 */
@NullMarked
package org.retailhub.platform.runtime.sent;

import org.jspecify.annotations.NullMarked;
