package org.retailhub.architecture.bad.alpha.domain;

import jakarta.jms.TextMessage;
import org.retailhub.architecture.Breaks;

@Breaks("domainKnowsNoServer")
public record Queued(TextMessage message) {}
