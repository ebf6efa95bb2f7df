package org.retailhub.architecture.bad.alpha.rest;

import org.retailhub.architecture.Breaks;
import org.retailhub.architecture.bad.alpha.messaging.Handler;

@Breaks("adaptersDoNotSeeEachOther")
public record Gossip(Handler handler) {}
