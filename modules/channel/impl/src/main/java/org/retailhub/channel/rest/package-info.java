/** The doors: what channels send, and what operators keep. Validation and views; the rules are further in. */
package org.retailhub.channel.rest;
