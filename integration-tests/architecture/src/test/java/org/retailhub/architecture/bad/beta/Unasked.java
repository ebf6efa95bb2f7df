package org.retailhub.architecture.bad.beta;

import org.retailhub.architecture.Breaks;
import org.retailhub.platform.runtime.hospital.HospitalResource;

/** Its module has an InsightBean that nobody asks. */
@Breaks("whatIsConsumedCanBeWatched")
public record Unasked(HospitalResource cases) {}
