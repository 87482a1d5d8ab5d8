"""The neural-network hyperparameter playground: `streamlit run streamlit_app.py`."""

import os

# One BLAS thread: two spin against each other and are slower. Must be set before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if __name__ == "__main__":  # worker processes import this file as well, and shall not run the app
    from pages._kit.site import navigation
    from pages._pages import boot

    navigation.run()
    boot.prepare()
