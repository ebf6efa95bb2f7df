package org.retailhub.architecture.bad.alpha.api;

import jakarta.jms.Message;
import org.retailhub.architecture.Breaks;

@Breaks("apiKnowsOnlyItselfTheKernelAndTheJdk")
public record Leaky(Message message) {}
