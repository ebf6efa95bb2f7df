package org.retailhub.operations.domain;

import java.util.List;
import java.util.Set;
import org.retailhub.platform.kernel.Insight;

/**
 * All that is known under one name, oldest first.
 *
 * @param complete false if there is more than is listed
 * @param unanswered modules that could not be asked
 */
public record Story(List<Place> places, List<Event> events, boolean complete, Set<String> unanswered) {
    /** What one module calls it, and where it stands there. */
    public record Place(String module, Insight.Subject subject) {}

    /** One step in one module. */
    public record Event(String module, Insight.Step step) {}
}
