package app.headlight;

import app.headlight.engine.tensor.MatrixProducts;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts Headlight: {@code ./mvnw}, or {@code java -jar headlight.jar}. */
@SpringBootApplication
public class HeadlightApplication {

    public static void main(String[] args) {
        SpringApplication.run(HeadlightApplication.class, args);
    }

    @Bean
    MatrixProducts matrixProducts() {
        return MatrixProducts.fastest();
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
