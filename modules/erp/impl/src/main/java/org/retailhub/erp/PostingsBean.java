package org.retailhub.erp;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.retailhub.erp.api.PostingView;
import org.retailhub.erp.api.Postings;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Postings.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PostingsBean implements Postings {
    @Inject
    private Targets targets;

    @Override
    public Map<String, PostingView> byOrder(Set<String> orderIds) {
        Map<String, PostingView> views = new HashMap<>();
        for (Target<?, ?> target : targets.all()) {
            target.postings()
                    .find(orderIds)
                    .forEach((orderId, posting) ->
                            views.put(orderId, posting.view(target.adapter().target())));
        }
        return views;
    }
}
