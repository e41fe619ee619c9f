"""What everybody may read of follow-up, one module a task. The portal asks here and nowhere else."""
