package org.retailhub.architecture.bad.alpha;

import org.retailhub.architecture.Breaks;

@Breaks("amountsAreExact")
public record BinaryPrice(double amount, String currency) {}
