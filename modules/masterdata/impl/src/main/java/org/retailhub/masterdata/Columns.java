package org.retailhub.masterdata;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One field of many, as an array for a statement that writes all of them at once. */
final class Columns {
    private Columns() {}

    static <T> @Nullable String[] texts(List<T> all, Function<T, @Nullable String> field) {
        @Nullable String[] texts = new String[all.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = field.apply(all.get(i));
        }
        return texts;
    }

    static <T> @Nullable BigDecimal[] decimals(List<T> all, Function<T, @Nullable BigDecimal> field) {
        @Nullable BigDecimal[] decimals = new BigDecimal[all.size()];
        for (int i = 0; i < decimals.length; i++) {
            decimals[i] = field.apply(all.get(i));
        }
        return decimals;
    }
}
