package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** An operator at the ERP module's hospital, over HTTP. */
final class Hospital {
    private static final String CASES = "/api/erp/v1/hospital/cases";
    private static final String REASON = "{\"reason\":\"cured\"}";

    private final Shop operator;

    Hospital(Shop operator) {
        this.operator = operator;
    }

    /** The case of the order that is parked, or null. */
    JsonNode parkedCase(String orderId) {
        Shop.Answer answer = operator.get(CASES + "?state=parked&businessKey=" + orderId);
        return answer.body().isArray() && !answer.body().isEmpty()
                ? answer.body().get(0)
                : null;
    }

    /** Releases whatever of the order is parked, again if it comes back, until nothing is. */
    void releaseUntilGone(String orderId, Duration patience) {
        Probe.until(
                "no parked case of " + orderId,
                patience,
                () -> {
                    JsonNode parked = parkedCase(orderId);
                    if (parked != null) {
                        release(parked.path("caseId").asText());
                    }
                    return parked == null && open(orderId) == 0;
                },
                () -> operator.get(CASES + "?businessKey=" + orderId).body());
    }

    Shop.Answer release(String caseId) {
        return operator.post(CASES + "/" + caseId + "/release", REASON);
    }

    Shop.Answer edit(String caseId, String body) {
        return operator.put(CASES + "/" + caseId + "/body", "{\"reason\":\"corrected\",\"body\":" + body + "}");
    }

    Shop.Answer discard(String caseId) {
        return operator.post(CASES + "/" + caseId + "/discard", REASON);
    }

    JsonNode find(String caseId) {
        return operator.get(CASES + "/" + caseId).body();
    }

    int open(String orderId) {
        int open = 0;
        for (JsonNode each : operator.get(CASES + "?businessKey=" + orderId).body()) {
            String state = each.path("state").asText();
            open += state.equals("done") || state.equals("discarded") ? 0 : 1;
        }
        return open;
    }
}
