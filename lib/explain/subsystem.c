// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "explain/subsystem.h"

/*
 * The first rule whose words begin the name (underscores in front of it left
 * out) is the one; a word that ends in "$" is the whole name.
 */
static const struct rule {
	const char *subsystem;
	const char *words;
} rules[] = {
	{ "program", "(program)$" },
	{ "fs/ext4", "ext4_ mb_ es_ "
		     "check_block_validity goal_in_my_reservation" },
	{ "fs/ext2", "ext2_ read_block_bitmap$" },
	{ "fs/xfs", "xfs_ xlog_" },
	{ "fs/jbd2", "jbd2_ start_this_handle stop_this_handle add_transaction_credits "
		     "do_get_write_access kjournald2 wait_transaction_locked jread journal_" },
	{ "fs/dax", "dax_ grab_mapping_entry get_unlocked_entry put_unlocked_entry "
		    "copy_cow_page_dax wait_entry_unlocked" },
	{ "fs/iomap", "iomap_" },
	{ "fs/buffer",
	  "block_ buffer_ bh_ mark_buffer_ bforget brelse bread getblk "
	  "find_get_block create_empty_buffers create_page_buffers alloc_buffer_head "
	  "alloc_page_buffers folio_alloc_buffers free_buffer_head try_to_free_buffers "
	  "ll_rw_block submit_bh end_buffer_ set_buffer_ set_bh_page clean_bdev_ "
	  "unlock_buffer lock_buffer wait_on_buffer sync_dirty_buffer "
	  "write_dirty_buffer folio_create_ "
	  "clean_page_buffers init_page_buffers end_bio_bh_io recalc_bh_state "
	  "grab_cache_page_write clean_buffers mmb_" },
	{ "drivers/nvdimm", "pmem_ nd_ to_nd_ nvdimm_ nsio_ arch_wb_cache_pmem clean_cache_range "
			    "memcpy_flushcache" },
	{ "block", "bio_ blk_ submit_bio blkdev_ bdev_ bvec_ part_ elv_ rq_ brd_ loop_ "
		   "bdi_ disk_ mempool_ errno_to_blk "
		   "guard_bio_eod get_task_ioprio I_BDEV$" },
	{ "entry", "asm_ entry_ exc_ irqentry_ error_entry error_return sync_regs "
		   "common_interrupt_return native_irq_return_iret native_iret do_syscall_64 "
		   "x64_sys_ syscall_ exit_to_user_mode enter_from_user_mode swapgs_ "
		   "restore_regs_ paranoid_ ret_from_fork amd_clear_divider fixup_ search_ex "
		   "page_fault$ general_protection$ system_call x86_ do_page_fault "
		   "bad_get_user get_user_ put_user_ retint_ int_ret_" },
	{ "locking, RCU",
	  "raw_ mutex_ down_ up_read up_write rwsem_ percpu_down percpu_up percpu_rwsem_ "
	  "srcu_ rcu_ call_rcu note_gp_changes queued_ ww_ completion_ "
	  "wait_for_completion complete$ cond_resched lockref_ synchronize_ local_bh_ "
	  "osq_ invoke_rcu "
	  "swake_ init_swait finish_swait finish_rcuwait wait_for_common cpus_read_" },
	{ "interrupts",
	  "irq_ common_interrupt handle_irq handle_edge_irq handle_level_irq "
	  "handle_fasteoi_irq handle_softirqs do_softirq raise_softirq apic_ "
	  "native_apic_ note_interrupt add_interrupt_ fast_mix sysvec_ idle_cpu "
	  "lapic_ io_apic_ ioapic_ mask_ unmask_ tasklet_ spurious_ do_IRQ smp_ mix_" },
	{ "time", "tick_ hrtimer_ timer_ timerqueue_ timekeeping_ ktime_ clockevents_ "
		  "update_wall_time update_process_times run_timer_softirq run_timers "
		  "next_timer_interrupt read_tsc get_next_timer calc_global_load "
		  "run_posix_cpu_timers pit_ native_io_delay ntp_ update_vsyscall mod_timer "
		  "add_timer del_timer try_to_del_timer calc_wheel_ enqueue_timer lock_timer_base "
		  "clocksource_ acpi_pm_ local_clock run_hrtimer remove_hrtimer "
		  "clock_ current_time inode_set_ctime schedule_timeout process_timeout "
		  "call_timer_fn delayed_work_timer detach_if_pending msecs_to_jiffies "
		  "round_jiffies jiffies_ get_nohz_timer second_overflow tsc_ cycles_to_nsec" },
	{ "scheduler", "sched schedule task_tick_ update_curr update_load_avg update_rq_clock "
		       "enqueue_ dequeue_ pick_ try_to_wake_up wake_up default_wake_function "
		       "autoremove_wake_function finish_task_switch switch_ prepare_to_ "
		       "finish_wait add_wait_queue remove_wait_queue ttwu_ select_task_rq "
		       "set_next_ put_prev_ check_preempt resched_ account_ cpuacct_ "
		       "update_min_vruntime reweight_ place_entity task_ native_sched_clock "
		       "bit_wait wait_on_bit wake_bit wake_q_ io_schedule arch_scale_ "
		       "trigger_load_balance perf_event_task_ update_load update_se activate_task "
		       "deactivate_task newidle_ load_balance set_task_cpu kthread worker_ "
		       "process_one_work queue_work queue_delayed_ insert_work irq_work_ "
		       "native_load_tls save_fpregs switch_fpu init_wait do_idle default_idle cpu_ "
		       "cpuidle_ hlt futex_ do_futex "
		       "flush_work calc_delta wq_worker_ pwq_dec flush_delayed try_to_grab_pending "
		       "set_worker_desc run_ksoftirqd ksoftirqd_ smpboot_ current_is_workqueue "
		       "enter_lazy_tlb cr4_update clear_buddies$" },
	{ "fs",
	  "vfs_ inode_ file_ mark_inode_dirty sb_ super_ freeze_ thaw_ touch_atime "
	  "generic_ do_splice splice_ pipe_ iter_ iov_iter copy_page_to_iter "
	  "copy_page_from_iter copy_folio_ ksys_ fget fput fdget new_sync_ default_file_splice "
	  "warn_unsupported direct_splice do_sendfile do_iter_ kernel_write kernel_read "
	  "rw_verify_area "
	  "fsnotify security_ wb_ writeback_ do_writepages sync_ iput igrab ilookup "
	  "do_vfs_ioctl locked_inode_to_wb_ redirty_ d_ dput path_ filp_ notify_change "
	  "mnt_ may_ set_posix_acl timestamp_ do_fsync anon_pipe_ page_cache_pipe_ "
	  "import_ link_ wait_sb_inodes ioctl_ fiemap_ do_sys_ fs_ open_ close_ "
	  "invalidate_inode locks_ balance_dirty fault_in_ actor do_pipe_ rwbase_ "
	  "append_pipe get_pipe_info wait_for_space copy_pipe_buf copy_splice_write kill_fasync "
	  "is_bad_inode deactivate_locked queue_io move_expired get_nr_ finish_writeback "
	  "i_callback atime_needs_ dquot_ cap_ ns_capable need_update domain_dirty_limits fprop_ "
	  "writepage mpage_ do_mpage ondemand_readahead read_pages" },
	{ "mm",
	  "folio_ filemap_ page_ pages_ alloc_pages get_page_from_freelist kmem_cache_ "
	  "kmalloc kfree slab_ free_ handle_mm_fault do_wp_page wp_ do_fault do_shared_fault "
	  "do_cow_fault do_read_fault do_user_addr_fault do_numa_page find_vma vma_ vm_ "
	  "mem_cgroup_ memcg_ count_memcg_ cgroup_rstat get_obj_cgroup obj_cgroup_ "
	  "try_charge charge_memcg uncharge_ refill_ consume_ pte_ pmd_ pud_ p4d_ pgd_ "
	  "insert_pfn insert_page vmf_ lru_ mod_ lruvec_ inc_ dec_ get_locked_pte walk_to_pmd "
	  "ptep_ finish_fault finish_mkwrite lock_mm_and_find_vma hugepage_ track_pfn "
	  "untrack_pfn lookup_memtype memtype_ pat_ walk_system_ram_range find_next_iomem_res "
	  "is_ISA_range cachemode2protval pfn_ flush_tlb tlb_ zap_ unmap_ mmap_ mm_ madvise_ "
	  "do_madvise next_uptodate_ xa_get_order release_pages truncate_ invalidate_ "
	  "shmem_ swap_ workingset_ add_to_ set_page_ clear_page_dirty test_clear_page "
	  "node_ zone_ rmqueue prep_new_page post_alloc_hook get_pfnblock should_fail "
	  "fault_dirty maybe_ put_page put_pages unlock_page lock_page wait_on_page "
	  "find_get_ pagecache_ do_page_mkwrite write_cache_pages tag_pages_ rmap_ anon_ "
	  "native_flush numa_ mpol_ policy_ alloc_ new_slab discard_slab allocate_slab "
	  "setup_object ___slab get_partial unfreeze_partials put_cpu_partial deactivate_slab "
	  "filter_ try_to_unmap percpu_ref dup_ native_set_pte kvmalloc kvfree "
	  "mark_page_accessed pagevec_ mlock_ do_set_pte end_page_writeback reusable_anon "
	  "find_mergeable invalid_mkclean vmstat_ refresh_cpu_vm next_zone next_online "
	  "first_online fold_diff wait_for_stable check_new_pages get_mem_cgroup pmdp_ folios_ "
	  "lock_vma_ css_rstat_ flush_memcg_ set_pte_range do_set_pmd thp_ barn_ pcs_ "
	  "prep_compound_page decay_pcp do_page_cache_ra" },
	{ "lib",
	  "xas_ xa_ radix_tree_ mas_ mt_ mtree_ mab_ rb_ interval_ memset memcpy memmove "
	  "memcmp clear_page copy_page copy_user copy_to_ copy_from_ clear_user str crc "
	  "percpu_counter_ idr_ find_next_ find_first_ list_ bitmap_ csum_ sha sort$ "
	  "hweight ida_ kobject_ refcount_ check_object_size check_heap_object "
	  "_copy rep_movs rep_stos bsearch bitset_ warn_thunk num_to_ llist_ check_stack_object "
	  "blake2s_ chksum_ crypto_ vsnprintf format_decode widen_string errseq_ memchr copy_mc_" },
};

static int begins(const char *name, const char *word, size_t length)
{
	if (word[length - 1] == '$')
		return strlen(name) == length - 1 && !strncmp(name, word, length - 1);
	return !strncmp(name, word, length);
}

static int is_of(const char *name, const struct rule *rule)
{
	for (const char *word = rule->words; *word;) {
		size_t length = strcspn(word, " ");

		if (begins(name, word, length))
			return 1;
		word += length + (word[length] == ' ');
	}
	return 0;
}

const char *subsystem_of(const char *function)
{
	const char *name = function + strspn(function, "_");

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (is_of(name, &rules[i]))
			return rules[i].subsystem;
	return "other";
}
