package org.retailhub.erp.domain;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.retailhub.erp.api.SalesDocument;

/** Everything that a batch needs to know of the ERP, gathered to be asked at once. */
public final class Questions {
    private final Set<String> messageIds = new LinkedHashSet<>();
    private final Set<String> orderIds = new LinkedHashSet<>();
    private final Map<String, Long> corrections = new LinkedHashMap<>();
    private final Set<String> items = new LinkedHashSet<>();
    private final Set<String> partners = new LinkedHashSet<>();
    private final Set<String> chargeTypes = new LinkedHashSet<>();
    private final Set<String> currencies = new LinkedHashSet<>();
    private final Set<String> countries = new LinkedHashSet<>();

    public void message(String messageId) {
        messageIds.add(messageId);
    }

    public void order(String orderId) {
        orderIds.add(orderId);
    }

    /** If it has a document, that has to be corrected by a message of this number: what is booked is asked for. */
    public void correction(String orderId, long sequence) {
        corrections.merge(orderId, sequence, Math::max);
    }

    public void keys(Collection<String> itemKeys, Collection<String> partnerKeys) {
        items.addAll(itemKeys);
        partners.addAll(partnerKeys);
    }

    public void document(SalesDocument document) {
        currencies.add(document.currency());
        document.charges().forEach(charge -> chargeTypes.add(charge.type()));
        if (document.shipTo() != null && document.shipTo().country() != null) {
            countries.add(document.shipTo().country());
        }
    }

    public Set<String> messageIds() {
        return messageIds;
    }

    public Set<String> orderIds() {
        return orderIds;
    }

    /** The highest number of a message, by order. */
    public Map<String, Long> corrections() {
        return corrections;
    }

    public Set<String> items() {
        return items;
    }

    public Set<String> partners() {
        return partners;
    }

    public Set<String> chargeTypes() {
        return chargeTypes;
    }

    public Set<String> currencies() {
        return currencies;
    }

    public Set<String> countries() {
        return countries;
    }
}
