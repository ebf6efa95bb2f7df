package org.retailhub.erp;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Set;
import org.retailhub.platform.kernel.Insight;

/** Reads outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Insight.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InsightBean implements Insight {
    @Inject
    private PostingInsight insight;

    @Override
    public Story story(Set<String> names) {
        return insight.story(names);
    }
}
