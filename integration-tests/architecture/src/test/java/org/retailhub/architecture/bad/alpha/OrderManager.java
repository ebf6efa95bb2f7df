package org.retailhub.architecture.bad.alpha;

import org.retailhub.architecture.Breaks;

@Breaks("namesSayWhatAThingIs")
public final class OrderManager {}
