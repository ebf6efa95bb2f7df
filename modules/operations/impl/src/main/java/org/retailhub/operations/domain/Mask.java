package org.retailhub.operations.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a payload what could tell who somebody is. What may stay is listed, all else goes: a channel that invents a field
 * tomorrow shows nothing of it. Structure, names of fields, and true and false stay.
 */
public final class Mask {
    public static final String MASKED = "•••";

    /** Names of fields without underscores and hyphens, in small letters, whose values are goods, money, times or numbers of documents. */
    private static final Set<String> PLAIN = Set.of(
            "id",
            "orderid",
            "channelorderid",
            "ordernumber",
            "number",
            "lineid",
            "lineitemid",
            "productid",
            "variantid",
            "payloadid",
            "messageid",
            "refundid",
            "transactionid",
            "parentid",
            "locationid",
            "documentno",
            "documentid",
            "target",
            "sku",
            "gtin",
            "barcode",
            "erpitem",
            "item",
            "quantity",
            "currentquantity",
            "fulfillablequantity",
            "unitprice",
            "price",
            "amount",
            "tax",
            "taxes",
            "totaltax",
            "subtotal",
            "subtotalprice",
            "totalprice",
            "totaldiscounts",
            "totallineitemsprice",
            "currentsubtotalprice",
            "currenttotalprice",
            "currenttotaltax",
            "currenttotaldiscounts",
            "goods",
            "shipping",
            "shippingtax",
            "charges",
            "grand",
            "rate",
            "currency",
            "currencycode",
            "presentmentcurrency",
            "channel",
            "country",
            "countrycode",
            "status",
            "financialstatus",
            "fulfillmentstatus",
            "cancelreason",
            "restocktype",
            "kind",
            "type",
            "test",
            "revision",
            "version",
            "sequence",
            "placedat",
            "createdat",
            "updatedat",
            "processedat",
            "cancelledat",
            "closedat",
            "at",
            "grams",
            "position",
            "taxesincluded");

    private static final Pattern HARMLESS = Pattern.compile("[\\p{Alnum} .,:/+_#-]{0,64}");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Mask() {}

    /** What is no JSON is masked as a whole. */
    public static JsonNode json(String text) {
        JsonNode read = read(text);
        return read == null ? TextNode.valueOf(MASKED) : mask(read, "");
    }

    /** As it is: JSON as such, all else as text. */
    public static JsonNode plain(String text) {
        JsonNode read = read(text);
        return read == null ? TextNode.valueOf(text) : read;
    }

    /** Words of ours quote values of fields. */
    public static String words(String detail) {
        return ADDRESS.matcher(QUOTED.matcher(detail).replaceAll("'" + MASKED + "'"))
                .replaceAll(MASKED);
    }

    private static @Nullable JsonNode read(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read.isMissingNode() ? null : read;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static JsonNode mask(JsonNode node, String field) {
        if (node.isObject()) {
            ObjectNode masked = JSON.createObjectNode();
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> each = fields.next();
                masked.set(each.getKey(), mask(each.getValue(), each.getKey()));
            }
            return masked;
        }
        if (node.isArray()) {
            ArrayNode masked = JSON.createArrayNode();
            node.forEach(each -> masked.add(mask(each, field)));
            return masked;
        }
        boolean stays = node.isNull() || node.isBoolean() || isPlain(field) && isHarmless(node.asText());
        return stays ? node : TextNode.valueOf(MASKED);
    }

    private static boolean isPlain(String field) {
        return PLAIN.contains(field.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT));
    }

    private static boolean isHarmless(String value) {
        return HARMLESS.matcher(value).matches();
    }
}
