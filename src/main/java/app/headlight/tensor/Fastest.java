package app.headlight.tensor;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** Chooses the products of this machine, once. */
final class Fastest {

    private static final Logger LOG = System.getLogger(MatrixProducts.class.getName());

    static final MatrixProducts PRODUCTS = choose(OpenBlasProducts::new);

    private Fastest() {}

    static MatrixProducts choose(Supplier<MatrixProducts> openBlas) {
        try {
            MatrixProducts products = openBlas.get();
            LOG.log(Level.INFO, "Matrix products by {0}: its native library loaded", products.name());
            return products;
        } catch (LinkageError | RuntimeException missing) {
            // Everything a missing, unreadable or unfitting native library throws; the reason is the innermost cause.
            Throwable reason = missing;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            MatrixProducts products = new EjmlProducts();
            LOG.log(
                    Level.WARNING,
                    "Matrix products by {0}, many times slower: OpenBLAS did not load here ({1})",
                    products.name(),
                    reason);
            return products;
        }
    }
}
