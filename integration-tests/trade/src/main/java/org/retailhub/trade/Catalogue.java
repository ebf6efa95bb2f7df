package org.retailhub.trade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The goods of a small fashion and home shop, made up. */
final class Catalogue {
    /** @param euros price net of tax */
    record Article(Masters.Product product, BigDecimal euros) {}

    private static final String[][] GOODS = {
        {"TSHIRT", "T-shirt, organic cotton", "12.30", "S M L XL"},
        {"SHIRT", "Oxford shirt", "33.57", "38 40 42 44"},
        {"JEANS", "Jeans, straight fit", "50.38", "30 32 34 36"},
        {"SOCKS", "Socks, pack of 3", "7.52", "35-38 39-42 43-46"},
        {"SCARF", "Wool scarf", "20.97", "GREY NAVY"},
        {"MUG", "Stoneware mug", "6.68", "WHITE BLUE"},
        {"TOWEL", "Bath towel", "15.92", "SAND MINT"},
        {"CANDLE", "Candle, 200 g", "9.2437", "FIG CEDAR"},
        {"NOTEBOOK", "Notebook A5, dotted", "4.1925", "BLACK RED"},
    };

    private final List<Article> articles = new ArrayList<>();

    Catalogue() {
        for (String[] kind : GOODS) {
            for (String variant : kind[3].split(" ")) {
                articles.add(article(
                        kind[0] + "-" + variant,
                        kind[1] + ", " + variant.toLowerCase(java.util.Locale.ROOT),
                        kind[2],
                        articles.size()));
            }
        }
    }

    static Article article(String sku, String name, String euros, int running) {
        return new Article(new Masters.Product(sku, "ITEM-" + sku, name, gtin(running)), new BigDecimal(euros));
    }

    List<Article> articles() {
        return articles;
    }

    List<Masters.Product> products() {
        return articles.stream().map(Article::product).toList();
    }

    /** From the range that GS1 leaves to a company's own use, with its check digit. */
    private static String gtin(int running) {
        String digits = String.format("29%010d", 4_711_000L + running);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }
}
