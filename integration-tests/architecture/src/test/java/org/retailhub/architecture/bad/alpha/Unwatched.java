package org.retailhub.architecture.bad.alpha;

import org.retailhub.architecture.Breaks;
import org.retailhub.platform.runtime.messaging.Source;

/** Its module has no InsightBean. */
@Breaks("whatIsConsumedCanBeWatched")
public record Unwatched(Source source) {}
