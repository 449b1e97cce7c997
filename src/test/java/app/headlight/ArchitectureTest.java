package app.headlight;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.tensor.Complex;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.engine.tensor.Vector;
import app.headlight.services.lab.Laboratory;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** Who may know whom. */
@AnalyzeClasses(packages = "app.headlight", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** What a picture or an answer is made of: matrices and vectors that cannot be written to, and what names an entry. */
    private static final Class<?>[] READ_ONLY = {
        Matrix.class, Vector.class, TopK.Entry.class, TopK.Cell.class, Complex.class, UncomputableException.class
    };

    /** At the bottom of the engine, since the engine throws it and knows nothing else; all others throw it too. */
    private static final String REFUSAL = "app.headlight.engine.refusal..";

    @ArchTest
    static final ArchRule nothingPointsBack = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("start")
            .definedBy("app.headlight")
            .layer("web")
            .definedBy("app.headlight.web..")
            .layer("tools")
            .definedBy("app.headlight.tools..")
            .layer("services")
            .definedBy("app.headlight.services..")
            .layer("ground")
            .definedBy("app.headlight.ground..")
            .layer("engine")
            .definedBy(resideInAPackage("app.headlight.engine..").and(not(resideInAPackage(REFUSAL))))
            .whereLayer("start")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("tools")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("services")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("ground")
            .mayOnlyBeAccessedByLayers("web", "services")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("start", "web", "services", "tools");

    @ArchTest
    static final ArchRule theEnginesLayersPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("training")
            .definedBy("app.headlight.engine.training..")
            .layer("circuits")
            .definedBy("app.headlight.engine.circuits..")
            .layer("residual")
            .definedBy("app.headlight.engine.residual..")
            .layer("formats")
            .definedBy("app.headlight.engine.formats..")
            .layer("transformer")
            .definedBy("app.headlight.engine.transformer..")
            .layer("text")
            .definedBy("app.headlight.engine.text..")
            .layer("tensor")
            .definedBy("app.headlight.engine.tensor..")
            .whereLayer("training")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("circuits")
            .mayOnlyBeAccessedByLayers("training", "residual")
            .whereLayer("residual")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("formats")
            .mayOnlyBeAccessedByLayers("training")
            .whereLayer("transformer")
            .mayOnlyBeAccessedByLayers("training", "circuits", "residual", "formats")
            .whereLayer("tensor")
            .mayOnlyBeAccessedByLayers("training", "circuits", "residual", "formats", "transformer");

    @ArchTest
    static final ArchRule noPackageIsInACycle =
            slices().matching("app.headlight.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noPartOfExploreIsInACycle =
            slices().matching("app.headlight.web.explore.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEngineIsPlainJava = noClasses()
            .that(resideInAPackage("app.headlight.engine.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "com.vaadin..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule peopleAreOfNoPage = noClasses()
            .that(resideInAPackage("app.headlight.ground.people.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.vaadin..", "jakarta.servlet..", "app.headlight.services.models..");

    @ArchTest
    static final ArchRule servicesKnowNoScreen = noClasses()
            .that(resideInAPackage("app.headlight.services..").or(resideInAPackage("app.headlight.ground..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.vaadin..", "app.headlight.web..");

    @ArchTest
    static final ArchRule jobsKnowNoKindOfWork = noClasses()
            .that(resideInAPackage("app.headlight.services.jobs.."))
            .should()
            .dependOnClassesThat(resideInAPackage("app.headlight..")
                    .and(not(resideInAnyPackage("app.headlight.services.jobs..", REFUSAL))));

    @ArchTest
    static final ArchRule findingsStandBesideAnyScreen = noClasses()
            .that(resideInAPackage("app.headlight.web.findings.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "app.headlight.web.explore..",
                    "app.headlight.web.circuits..",
                    "app.headlight.web.models..",
                    "app.headlight.web.train..");

    @ArchTest
    static final ArchRule theWebComputesWithNoMatrix = noClasses()
            .that(resideInAPackage("app.headlight.web.."))
            .should()
            .dependOnClassesThat(resideInAPackage("org.ejml..")
                    .or(resideInAPackage("app.headlight.engine.tensor..").and(not(belongToAnyOf(READ_ONLY)))));

    /** So that nobody outside the engine can write to what many share. The laboratory refuses to keep such a matrix. */
    @ArchTest
    static final ArchRule matricesThatCanBeWrittenToStayInTheEngine = noClasses()
            .that(resideInAPackage("app.headlight.services..").and(not(type(Laboratory.class))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ejml..");

    @ArchTest
    static final ArchRule componentsKnowNoModel = noClasses()
            .that(resideInAPackage("app.headlight.web.component.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "app.headlight.services.models..",
                            "app.headlight.services.findings..",
                            "app.headlight.engine.transformer..",
                            "app.headlight.engine.circuits..",
                            "app.headlight.engine.residual..",
                            "app.headlight.engine.tensor..",
                            "app.headlight.web.view..")
                    .and(not(type(Matrix.class))));

    @ArchTest
    static final ArchRule whatIsEmbeddedIsNobodys = noClasses()
            .that(resideInAPackage("app.headlight.web.embed.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "app.headlight.services.findings..",
                    "app.headlight.ground.people..",
                    "app.headlight.web.findings..");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            classes().should().haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Data)");

    @ArchTest
    static void everyPackageSaysWhatLivesThere(JavaClasses all) {
        Set<String> silent = new TreeSet<>();
        all.forEach(type -> {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                silent.add(type.getPackageName());
            }
        });
        assertThat(silent).as("packages without a @NullMarked package-info").isEmpty();
    }
}
