package org.retailhub.trade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.simulator.erp.ErpControl;
import org.retailhub.simulator.erp.Masters.Kind;

/**
 * What both sides must know before the first order: items, the account of each channel, charges. Writing the same again changes
 * nothing.
 */
public final class Masters {
    private static final int CHUNK = 500;

    private final HubClient hub;
    private final ErpControl erp;

    public Masters(HubClient hub, ErpControl erp) {
        this.hub = hub;
        this.erp = erp;
    }

    /**
     * @param item the ERP's search key
     * @param gtin may be null
     */
    public record Product(
            String sku, String item, String name, @Nullable String gtin) {}

    /** An address that the ERP knows of a partner: it takes only known ones. */
    public record Place(String line1, String city, @Nullable String postalCode, String country) {}

    /** Items of the ERP; without prices, since a price of zero on an order would be replaced by the price list's. */
    public void inErp(List<Product> products) {
        for (List<Product> chunk : chunks(products)) {
            ArrayNode items = HubClient.JSON.createArrayNode();
            chunk.forEach(each -> items.addObject().put("value", each.item).put("name", each.name));
            erp.masters(Kind.PRODUCTS, items.toString());
        }
    }

    /** An item that the ERP knows by the seller's own key and GTIN too: what the hub needs, if masters come back. */
    public void wholeInErp(Product product) {
        erp.masters(
                Kind.PRODUCTS,
                HubClient.JSON
                        .createObjectNode()
                        .put("value", product.item)
                        .put("name", product.name)
                        .put("sku", product.sku)
                        .put("upc", product.gtin)
                        .toString());
    }

    /** The ERP's business partner of a channel with its addresses. */
    public void partnerInErp(String value, String name, List<Place> places) {
        ArrayNode partners = HubClient.JSON.createArrayNode();
        for (Place place : places) {
            ObjectNode node =
                    partners.addObject().put("value", value).put("name", name).put("country", place.country);
            if (place.line1 != null) {
                node.put("address1", place.line1);
            }
            if (place.city != null) {
                node.put("city", place.city);
            }
            if (place.postalCode != null) {
                node.put("postal", place.postalCode);
            }
        }
        erp.masters(Kind.PARTNERS, partners.toString());
    }

    public void chargesInErp(Set<String> names) {
        ArrayNode charges = HubClient.JSON.createArrayNode();
        names.forEach(name -> charges.addObject().put("name", name));
        erp.masters(Kind.CHARGES, charges.toString());
    }

    /** @throws IllegalStateException with the hub's verdict if it refuses one of them */
    public void inHub(List<Product> products) {
        for (List<Product> chunk : chunks(products)) {
            ArrayNode items = HubClient.JSON.createArrayNode();
            for (Product each : chunk) {
                ObjectNode item = items.addObject()
                        .put("sku", each.sku)
                        .put("erpItem", each.item)
                        .put("name", each.name);
                if (each.gtin != null) {
                    item.putArray("gtins").add(each.gtin);
                }
            }
            JsonNode verdicts =
                    hub.put("/api/masterdata/v1/products", items).expect(200).body();
            if (verdicts.findValue("problem") != null) {
                throw new IllegalStateException("the hub refused a product: " + verdicts.findParent("problem"));
            }
        }
    }

    /** Under which business partner the ERP books what the channel sells. */
    public void accountInHub(String channel, String erpPartner) {
        hub.put(
                        "/api/masterdata/v1/sales-accounts/" + channel,
                        HubClient.JSON.createObjectNode().put("erpPartner", erpPartner))
                .expect(200);
    }

    /** A place where goods are. @param erpWarehouse empty if the ERP does not know it */
    public void locationInHub(String id, String kind, String name, String erpWarehouse) {
        ObjectNode location = HubClient.json().put("id", id).put("kind", kind).put("name", name);
        if (!erpWarehouse.isEmpty()) {
            erp.masters(
                    Kind.WAREHOUSES,
                    HubClient.json()
                            .put("value", erpWarehouse)
                            .put("name", name)
                            .toString());
            location.put("erpWarehouse", erpWarehouse);
        }
        hub.put("/api/masterdata/v1/locations", HubClient.JSON.createArrayNode().add(location))
                .expect(200);
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        List<List<T>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += CHUNK) {
            chunks.add(all.subList(i, Math.min(all.size(), i + CHUNK)));
        }
        return chunks;
    }
}
