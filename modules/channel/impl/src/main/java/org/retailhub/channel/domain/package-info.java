/**
 * Connections, documents and their versions: what a payload changes about what we told the order module. Also the contract of a connector.
 * Nothing here knows HTTP, JMS or a database.
 */
@NullMarked
package org.retailhub.channel.domain;

import org.jspecify.annotations.NullMarked;
